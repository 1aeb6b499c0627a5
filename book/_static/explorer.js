// The explorer: what a reader chooses is in the address, and the page shows what the address asks for.
// Data and labels come from the page: analysis/page/explorer.py tells what they are.
(() => {
  const given = JSON.parse(document.getElementById("explorer-data").textContent);
  const root = document.getElementById("explorer-place");
  const PORTION = 30, OPEN = 6; // cards at once; values of a facet that are not folded

  // --- the data ---------------------------------------------------------------------------------

  const facets = given.facets.map(([name, title, pairs]) => ({ name, title, labels: new Map(pairs) }));
  const pages = new Map(Object.entries(given.pages).flatMap(([page, anchors]) => anchors.map((it) => [it, page])));
  const section = (id) => `${pages.get(given.sections[id])}#${given.sections[id]}`; // of a speaker or theme
  const place = (kind, id) => `${pages.get(`p-${parseInt(id)}`)}#${given.anchors[kind].replace("{}", id)}`;
  const items = Object.entries(given.rows).flatMap(([kind, rows]) => rows.map((values) => {
    const item = Object.fromEntries([["kind", kind], ...given.columns.map((column, i) => [column, values[i]])]);
    item.best = item.act === "proposal" ? ["full", "partial", "none"].find((level) => item.level.includes(level)) : "";
    item.values = {
      outcome: [item.best],
      act: [item.act || item.kind],
      panel: [item.panel || given.outside],
      speaker: [item.speaker],
      theme: item.theme,
    };
    const named = facets.flatMap(({ name, labels }) => item.values[name].map((value) => labels.get(value)));
    item.words = words.read([item.id, item.paragraph, item.gist, ...named].join(" "));
    return item;
  }));

  // --- the view: the values chosen of each facet, and words -------------------------------------

  const view = { words: "" };
  const read = () => {
    const asked = new URLSearchParams(location.hash.slice(2));
    view.words = asked.get("words") ?? "";
    for (const { name, labels } of facets) view[name] = new Set(asked.getAll(name).filter((it) => labels.has(it)));
  };
  const written = () => {
    const pairs = facets.flatMap(({ name }) => [...view[name]].map((value) => [name, value]));
    if (view.words.trim()) pairs.push(["words", view.words.trim()]);
    const page = location.href.split("#")[0];
    return pairs.length ? `${page}#?${new URLSearchParams(pairs)}` : page;
  };
  const chosen = (besides) => { // all that fits the view, one facet left out if it is named
    const asked = words.asked(view.words, given.synonyms);
    const holds = (item, { name }) =>
      name === besides || !view[name].size || item.values[name].some((value) => view[name].has(value));
    return items.filter((item) => facets.every((facet) => holds(item, facet)) && words.fits(item.words, asked));
  };

  // --- what is on the page ----------------------------------------------------------------------

  const mark = (form) => {
    const classes = { full: "sq full", partial: "sq part", none: "sq none", concern: "concern" }[form];
    const drawn = make("span", { className: "marks" }, classes ? make("i", { className: classes }) : []);
    drawn.ariaHidden = "true";
    return drawn;
  };
  const link = (href, ...parts) => make("a", { href }, ...parts);
  const joined = (parts, separator) => parts.flatMap((part, i) => (i ? [separator, part].flat() : part));
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  const box = (name, value, label) => {
    const input = make("input", { type: "checkbox", name, value });
    const count = make("span", { className: "count" });
    input.onchange = () => { view[name][input.checked ? "add" : "delete"](value); go(); };
    boxes.push({ name, value, input, count });
    const drawn = { outcome: mark(value), act: value === "concern" ? mark(value) : "" }[name] ?? "";
    return make("label", {}, input, drawn, make("span", {}, label), " ", count);
  };
  const boxes = [];
  const group = ({ name, title, labels }) => {
    const all = [...labels].map(([value, label]) => box(name, value, label));
    const first = all.length > OPEN + 1 ? all.splice(0, OPEN) : all.splice(0);
    const rest = all.length ? [make("details", {}, make("summary", {}, `${all.length} more`), ...all)] : [];
    return make("fieldset", {}, make("legend", {}, title), ...first, ...rest);
  };
  const typed = make("input", { type: "search", name: "words", autocomplete: "off", placeholder: "albinism, doctors, 43a" });
  typed.oninput = () => { view.words = typed.value; go(true); };
  const form = make("form", {}, make("label", { className: "words" }, make("span", {}, "Words"), typed), ...facets.map(group));
  form.ariaLabel = "Filter";
  form.onsubmit = (event) => event.preventDefault();
  const inUse = make("summary");
  const filter = make("details", { className: "filter" }, inUse, form);
  const count = make("output");
  count.ariaLive = "polite";
  const button = (name, onclick) => make("button", { type: "button", onclick }, name);
  const copy = button("Copy link", () => {
    const done = () => { copy.textContent = "Link copied"; setTimeout(() => { copy.textContent = "Copy link"; }, 3000); };
    const failed = () => prompt("The address of this view:", written());
    navigator.clipboard ? navigator.clipboard.writeText(written()).then(done, failed) : failed();
  });
  copy.ariaLive = "polite";
  const save = button("Save CSV", () => {
    const href = URL.createObjectURL(new Blob([csv(chosen())], { type: "text/csv" }));
    make("a", { href, download: "paragraph-53.csv" }).click();
    setTimeout(URL.revokeObjectURL, 1000, href);
  });
  const chips = make("ul", { className: "chips" });
  const cards = make("ol", { className: "found" });
  const more = button("", () => {
    const next = cards.children.length;
    show(next + PORTION);
    cards.children[next].querySelector("a").focus();
  });
  more.className = "more";
  root.append(
    make("h2", { className: "told" }, "Statements and recommendations"), filter,
    make("div", { className: "results" }, make("div", { className: "bar" }, count, make("div", {}, copy, save)), chips, cards, more),
  );

  // A card has what was said or recommended first; who, of what kind and what came of it follow.
  const card = (item) => {
    const forms = words.asked(view.words, given.synonyms).flat().filter((form) => words.fits(item.words, [[form]]));
    const gist = words.marked(item.gist, (word) => forms.flat().some((it) => words.hits(word, it)));
    const id = link(place(item.kind, item.id), item.id);
    id.className = "id";
    id.ariaLabel = `${item.id} in the record`;
    const who = item.kind === "statement" ? speaker(item) : [`Recommended, ${item.addressee_stated ? `to ${item.addressee_stated}` : "no addressee named"}`];
    const kind = [given.kinds[item.act], given.categories[item.action_category]].filter(Boolean).join(", ");
    const themes = item.theme.map((theme) => link(section(theme), labelOf("theme", theme)));
    const facts = [who, kind, joined(themes, ", ")].filter((it) => it.length);
    return make("li", {}, make("h3", {}, ...gist, " ", id),
      make("p", { className: "who" }, ...joined(facts, " · ")), ...came(item));
  };
  const labelOf = (name, value) => facets.find((facet) => facet.name === name).labels.get(value);
  const speaker = ({ speaker: id, quantifier }) => {
    const name = labelOf("speaker", id);
    return [given.sections[id] ? link(section(id), name) : name, quantifier ? ` (${quantifier})` : ""];
  };
  const came = (item) => {
    const line = (...parts) => [make("p", { className: "came" }, ...parts)];
    if (item.kind !== "statement") {
      const asking = items.filter((other) => other.kind === "statement" && other.best !== "none" && other.recommendation.includes(item.id));
      const links = asking.map((other) => [
        link(place("statement", other.id), other.id),
        ` ${given.levels[other.level[other.recommendation.indexOf(item.id)]]}${other.best ? "" : ` (${given.kinds[other.act]}, not asked)`}`,
      ]);
      return line(make("span", {}, ...(links.length ? ["Matched by: ", ...joined(links, ", ")] : [given.nobody])));
    }
    const answers = item.level.map((level, i) => {
      const to = item.recommendation[i];
      const title = to ? [level === "none" ? "Nearest: " : "", link(place("recommendation", to), `${words.curly(given.short[to])} (${to})`), ". "] : [];
      const came = capital(item.best ? given.levels[level] : `counterpart ${given.levels[level]}`);
      return [make("b", {}, `${came}. `), ...title, words.curly(item.reason[i])];
    });
    return answers.length ? line(item.best ? mark(item.best) : "", make("span", {}, ...joined(answers, " "))) : [];
  };

  let fitting = items;
  const show = (number) => {
    cards.append(...fitting.slice(cards.children.length, number).map(card));
    const left = fitting.length - cards.children.length;
    more.textContent = `Show ${Math.min(left, PORTION)} more`;
    more.hidden = !left;
  };
  const render = () => {
    fitting = chosen();
    count.replaceChildren(make("b", {}, `${fitting.length}`), ` of ${items.length} statements and recommendations`);
    for (const { name } of facets) {
      const among = chosen(name);
      for (const it of boxes.filter((each) => each.name === name)) {
        it.input.checked = view[name].has(it.value);
        it.count.textContent = among.filter((item) => item.values[name].includes(it.value)).length;
      }
    }
    for (const folded of form.querySelectorAll("details:has(:checked)")) folded.open = true;
    if (typed.value !== view.words) typed.value = view.words;
    const on = facets.flatMap(({ name }) => [...view[name]].map((value) => [labelOf(name, value), () => view[name].delete(value)]));
    if (view.words.trim()) on.push([`“${view.words.trim()}”`, () => { view.words = ""; }]);
    if (on.length > 1) on.push(["all", () => on.slice(0, -1).forEach(([, off]) => off())]);
    chips.replaceChildren(...on.map(([label, off]) => {
      const chip = button(label === "all" ? "" : label, () => {
        off();
        go();
        (chips.querySelector("button") ?? (wide.matches ? typed : inUse)).focus();
      });
      chip.append(make("span", { className: "off" }, label === "all" ? "Take off all" : " ×"));
      chip.ariaLabel = `Take off ${label}`;
      return make("li", {}, chip);
    }));
    inUse.textContent = on.length ? `Filter (${on.length - (on.length > 1)} in use)` : "Filter";
    cards.replaceChildren(...(fitting.length ? [] : [make("li", {}, "Nothing has all of this. Take off a filter, or use other words.")]));
    if (fitting.length) show(PORTION);
    else more.hidden = true;
  };

  const go = (quiet) => { // to type is one step back, not one for each letter
    history[quiet ? "replaceState" : "pushState"](null, "", written());
    render();
  };

  // The file has the names and values of the data; what an item has several of is joined.
  const csv = (rows) => {
    const cell = (value) => {
      const given = [value].flat().join("; ");
      const text = /^\s*(?![+-]\d)[=+\-@＝＋－＠]/.test(given) ? `'${given}` : given; // no program may take it for a formula
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const columns = ["kind", ...given.columns];
    const lines = rows.map((item) => columns.map((column) => cell(item[column])));
    return [columns, ...lines].map((line) => `${line.join(",")}\n`).join("");
  };

  const wide = matchMedia("(min-width: 60rem)");
  wide.onchange = () => { filter.open = wide.matches; };
  wide.onchange();
  addEventListener("popstate", () => {
    if (location.hash.startsWith("#?") || !location.href.includes("#")) { read(); render(); }
  });
  read();
  render();
})();
