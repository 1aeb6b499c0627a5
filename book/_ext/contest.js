// Put a link beside each item of the record, and in each row of a table of links, with which a reader
// can contest it. The messages are loaded when the first of these links is reached; until then, and if
// they cannot be loaded, a link leads to the page that tells the way.
(() => {
  const { way, messages, tables } = document.currentScript.dataset;
  const links = []; // with the names under which a message may be found
  const add = (after, ...names) => {
    const link = document.createElement("a");
    link.className = "contest";
    link.href = way;
    link.textContent = "contest";
    link.setAttribute("aria-label", `contest ${names[0].replace(">", " to ")}`);
    after.after(" ", link);
    links.push({ link, names });
  };

  for (const box of document.querySelectorAll(".item.statement, .item.recommendation")) {
    add(box.querySelector("h4 > a"), box.id.slice(2));
  }
  for (const claim of document.querySelectorAll('.item > p > span[id^="q"]')) {
    if (claim.textContent.startsWith("“")) add(claim, claim.id); // not one that was withdrawn
  }
  for (const name of tables.split(" ")) {
    for (const row of document.querySelectorAll(`#${name} tbody tr`)) {
      const [one, other] = Array.from(row.querySelectorAll('a[href*="#"]'), (end) => end.hash.slice(3));
      add(row.lastElementChild.lastChild, `${one}>${other}`, `${other}>${one}`);
    }
  }

  let loaded;
  const load = () => {
    loaded ??= new Promise((done) => {
      window.contest = (address, texts) => {
        for (const { link, names } of links) {
          const found = names.find((name) => name in texts);
          if (!found) continue;
          const [subject, text] = texts[found].map(encodeURIComponent);
          link.href = `${address}${subject}&body=${text}`;
        }
      };
      const script = document.createElement("script");
      script.src = messages;
      script.onload = script.onerror = done;
      document.head.append(script);
    });
    return loaded;
  };
  for (const event of ["pointerover", "focusin"]) {
    document.addEventListener(event, ({ target }) => target.matches(".contest") && load());
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".contest");
    if (!link || link.getAttribute("href") !== way) return;
    event.preventDefault();
    load().then(() => location.assign(link.href));
  });
})();
