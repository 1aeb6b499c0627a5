// A link to how something is cited shows it on the page; without this script it leads to a file.
{
  const here = document.currentScript.src;
  const load = (name) => new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement("script"), { src: new URL(name, here), onload, onerror }));
  });
  let loaded;
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a.cite");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await (loaded ??= load("cite.js").then(() => load("../citations.js")));
      window.showCitation(link);
    } catch {
      location.assign(link.href);
    }
  });
}

// Headings, items, tables and figures are links to themselves: whoever follows one has its address copied too.
let told;

document.addEventListener("click", async ({ target }) => {
  const link = target.closest("article :is(h1, h2, h3, h4, caption, figcaption) a[href^='#']");
  if (!link) return;
  told ??= document.body.appendChild(Object.assign(document.createElement("output"), { className: "told" }));
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    return; // not allowed here: the address bar has it
  }
  told.textContent = link.dataset.copied = "Link copied";
  setTimeout(() => {
    delete link.dataset.copied;
    told.textContent = "";
  }, 2000);
});
