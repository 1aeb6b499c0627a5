// JupyterLab prints roles and directives of the book as they are written. Put words in their place
// in what it shows; the notebook stays as it is, and what is shown again later is treated again.
const notebook = document.currentScript.closest(".jp-Notebook");
const roles = /\[?\{([\w:-]+)\}$/;
const marks = /:{3,}(\{[\w-]+\}[^\n]*)?\n?|\([\w-]+\)=\n?|\]\{[.#][^}]*\}/g;
const texts = (root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
};
const tidy = () => {
  for (const text of notebook.querySelectorAll(".jp-RenderedMarkdown")) {
    for (const code of text.querySelectorAll("code")) {
      const role = code.previousSibling?.data?.match(roles);
      if (!role) continue;
      code.previousSibling.data = code.previousSibling.data.slice(0, role.index);
      const words = document.createElement("span");
      words.textContent = code.textContent.replace(/\s*<[^<>]*>$/, "");
      if (role[1].startsWith("glue")) words.dataset.glued = code.textContent;
      code.replaceWith(words);
    }
    for (const link of text.querySelectorAll("a:not(.jp-InternalAnchorLink)"))
      if (!/^https?:|\.ipynb$/.test(link.getAttribute("href") ?? "")) link.replaceWith(...link.childNodes);
    for (const node of texts(text))
      if (node.data.search(marks) >= 0) node.data = node.data.replace(marks, "");
    for (const gap of text.querySelectorAll("[data-glued]")) {
      const value = notebook.values[gap.dataset.glued] ?? "…";
      if (gap.textContent !== value) gap.textContent = value;
    }
  }
};
if (notebook) {
  notebook.values = { ...notebook.values, ...glued };
  notebook.watcher ??= new MutationObserver(tidy);
  notebook.watcher.observe(notebook, { childList: true, subtree: true });
  tidy();
}
