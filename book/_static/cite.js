// Show how something is cited, in formats to copy. copy.js loads this when it is first asked for, and after
// it the citations of the whole book: a format has a place for title, name, address and hash.
(() => {
  const names = { text: "Text", bibtex: "BibTeX", ris: "RIS", csl: "CSL-JSON" };
  let forms, escapes, items;
  window.citations = (...given) => ([forms, escapes, items] = given);

  const add = (parent, tag, properties) => {
    const element = document.createElement(tag);
    parent.append(Object.assign(element, properties));
    return element;
  };
  const box = add(document.body, "dialog", { className: "citation" });
  const heading = add(box, "h2", { id: "citation-title" });
  box.setAttribute("aria-labelledby", heading.id);
  const buttons = add(box, "p", {});
  const shown = add(box, "textarea", { readOnly: true, rows: 7 });
  const last = add(box, "p", {});
  const file = add(last, "a", { textContent: "Its file, with all that is known of it (JSON)" });
  add(last, "button", { textContent: "Close", onclick: () => box.close() });
  const said = add(box, "output", {});

  const filled = (form, [title, name, address, hash]) => {
    const words = {
      bibtex: title.replace(/./gu, (sign) => escapes[sign] ?? sign),
      csl: JSON.stringify(title).slice(1, -1),
    };
    const parts = { TITLE: words[form] ?? title, NAME: name, ADDRESS: address, HASH: hash };
    return forms[form].replace(/@(TITLE|NAME|ADDRESS|HASH)@/g, (place, part) => parts[part]);
  };
  const show = (form, item) => {
    shown.value = filled(form, item);
    shown.setAttribute("aria-label", `Citation: ${names[form]}`);
  };

  window.showCitation = (link) => {
    const item = items[link.href.split("/").slice(-2).join("/")];
    heading.textContent = `Cite ${item[0]}`;
    file.href = link.href;
    said.textContent = "";
    buttons.replaceChildren();
    for (const form of Object.keys(forms)) {
      const copy = async () => {
        show(form, item);
        shown.select();
        try {
          await navigator.clipboard.writeText(shown.value);
          said.textContent = `${names[form]} is copied.`;
        } catch {
          said.textContent = `${names[form]} is marked: copy it with your keyboard or menu.`;
        }
      };
      add(buttons, "button", { textContent: `Copy ${names[form]}`, onclick: copy });
    }
    show("text", item);
    box.showModal();
  };
})();
