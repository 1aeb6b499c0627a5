// A fold for your own copy of the document. own_copy.js, which fills it, is loaded when it is first opened.
{
  const here = document.currentScript.src;
  const fold = Object.assign(document.createElement("details"), { className: "fold own" });
  const title = document.createElement("summary");
  title.textContent = "Read this beside your own copy of the document";
  fold.append(title);
  document.querySelector("article h2").before(fold);
  let kept;
  try {
    kept = sessionStorage.getItem("own copy");
  } catch { /* storage is switched off */ }
  fold.addEventListener("toggle", () => {
    document.head.append(Object.assign(document.createElement("script"), { src: new URL("own_copy.js", here) }));
  }, { once: true });
  fold.open = Boolean(kept);
}
