// The fold for your own copy of the document: own_copy.js, which fills it, is loaded when it is first opened.
{
  const here = document.currentScript.src;
  const fold = document.querySelector(".own");
  let kept;
  try {
    kept = sessionStorage.getItem("own copy");
  } catch { /* storage is switched off */ }
  fold.addEventListener("toggle", () => {
    fold.lastElementChild.remove();
    document.head.append(Object.assign(document.createElement("script"), { src: new URL("own_copy.js", here) }));
  }, { once: true });
  fold.open = Boolean(kept);
}
