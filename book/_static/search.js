// Search that leads to passages. The list of them is `PASSAGES`, which the build writes; the index is made
// of it here, by MiniSearch. What the record holds comes before what other pages say.
(() => {
  const PORTION = 20;
  performance.mark("listed");
  const query = new URLSearchParams(location.search).get("q").trim();
  const status = document.querySelector("[role=status]");
  const results = document.getElementById("search-results");
  document.querySelector("main input[name=q]").value = query;

  // --- the index --------------------------------------------------------------------------------

  const KINDS = { a: "Speaker", p: "", q: "Quantity", r: "Recommendation", s: "Statement", t: "Theme" };
  const passages = ["record", "pages"].flatMap((part) =>
    Object.entries(PASSAGES[part]).flatMap(([page, rows]) => rows.map(([anchor, name, text, also]) => {
      const number = part === "record" ? anchor.match(/^[pqrs]-?(\d+)([a-z]*)/) : null; // as in r-43a
      const kind = part === "record" ? KINDS[anchor.replace("?speaker", "a")[0]] : "";
      const id = number ? `${anchor} ${number[1]}${number[2]}` : "";
      return { part, page, anchor, kind, id, name, text, also, around: number ? `paragraph ${number[1]}` : "" };
    }))).map((passage, key) => ({ key, ...passage }));
  const index = new MiniSearch({
    idField: "key",
    fields: ["id", "name", "text", "also", "around"],
    tokenize: words.read,
    processTerm: (term) => term,
    searchOptions: {
      boost: { id: 20, name: 4, text: 2, around: 0.5 },
      prefix: (term) => term.length > 2 && !words.isNumber(term),
    },
  });
  index.addAll(passages);

  // --- what is found ----------------------------------------------------------------------------

  // All words, as written or in another form; if that finds nothing, words that are nearly so, and then some.
  const asked = words.asked(query, PASSAGES.synonyms);
  const form = (terms) => ({ combineWith: "AND", queries: terms });
  const all = { combineWith: "AND", queries: asked.map((forms) => ({ combineWith: "OR", queries: forms.map(form) })) };
  const typed = new Set(asked.flatMap(([first]) => first));
  const boostTerm = (term) => (typed.has(term) ? 1 : 0.4); // what was typed comes before its synonyms
  const fuzzy = (term) => (words.isNumber(term) || term.length < 5 ? false : 1);
  const attempts = [[{ boostTerm }, ""], [{ boostTerm, fuzzy }, " nearly"], [{ boostTerm, fuzzy, combineWith: "OR" }, " most of"]];
  let found = [], how = "";
  for (const [options, way] of asked.length ? attempts : []) {
    const wanted = options.combineWith ? { ...all, combineWith: "OR" } : all;
    found = index.search(wanted, options);
    how = way;
    if (found.length) break;
  }
  const most = Math.max(...found.map(({ queryTerms }) => queryTerms.length));
  if (how === " most of") found = found.filter(({ queryTerms }) => queryTerms.length === most);

  // --- the page ---------------------------------------------------------------------------------

  const entry = ({ id: key, terms }) => {
    const { page, anchor, kind, name, text } = passages[key];
    const fits = (word) => terms.includes(word);
    const href = `${page}.html#${anchor}`;
    const isItem = ["Statement", "Recommendation", "Quantity"].includes(kind) || name.startsWith("Paragraph ");
    const [title, below] = isItem ? [text, ""] : [name, text];
    const what = [kind, isItem ? name : ""].filter(Boolean).join(" ");
    const where = title === PASSAGES.titles[page] ? "" : PASSAGES.titles[page];
    return make("li", {},
      make("h3", {}, make("a", { href }, ...words.marked(title, fits))),
      ...(below ? [make("p", {}, ...words.marked(below, fits))] : []),
      make("p", { className: "who" }, ...words.marked(what, fits), what && where ? " · " : "", where));
  };
  const list = (title, rows) => {
    const shown = make("ol", { className: "found" });
    const more = make("button", { type: "button", className: "more" });
    const show = () => {
      const next = shown.children.length;
      shown.append(...rows.slice(next, next + PORTION).map(entry));
      const left = rows.length - shown.children.length;
      more.textContent = `Show ${Math.min(left, PORTION)} more`;
      more.hidden = !left;
      if (next) shown.children[next].querySelector("a").focus();
    };
    more.onclick = show;
    show();
    return [make("h2", {}, `${title} `, make("span", { className: "count" }, `${rows.length}`)), shown, more];
  };
  const link = (href, text) => make("a", { href }, text);
  const view = `book/explorer.html#?${new URLSearchParams({ words: query })}`;
  for (const [part, title] of [["record", "In the record"], ["pages", "On other pages"]]) {
    const rows = found.filter(({ id }) => passages[id].part === part);
    if (rows.length) results.append(...list(title, rows));
  }
  if (found.length) {
    const what = `${found.length} passage${found.length === 1 ? "" : "s"}`;
    status.textContent = how ? `No passage has all of “${query}”. Found with${how} these words: ${what}.` : `Found for “${query}”: ${what}.`;
    results.append(make("p", { className: "help" }, "To choose by speaker, panel, theme or outcome: ", link(view, "the same words in the explorer"), "."));
  } else {
    status.textContent = `No passage has “${query}”.`;
    results.append(make("ul", {},
      make("li", {}, "Try one word, a shorter one, or a number such as 43 or 43a."),
      make("li", {}, "Names of speakers from the floor are not in the summary, nor here."),
      make("li", {}, link("book/explorer.html", "The explorer"), " shows all that was said and recommended, by speaker, panel, theme and outcome."),
      make("li", {}, link("book/record.html", "The record"), " has every paragraph; ", link("book/themes.html", "the themes"), " have every subject.")));
  }
  document.title = `${query} - ${document.title}`;
  performance.measure("search", "listed");
})();
