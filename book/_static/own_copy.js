// The record beside your own copy of the document: text that is pasted or opened stays in this tab. own_fold.js loads
// this; the rules of normalizing, and the places and hashes of the record, are loaded when a text is first compared.
(() => {
  const here = document.currentScript.src;
  const box = document.querySelector(".own");
  const KEPT = "own copy", MOST = 2_000_000; // characters: the document has some sixty thousand
  let given; // what analysis/page/own_copy.py hands over

  // --- words: as analysis/document/steps.py and wording.py have them -----------------------------

  const raise = (digits) => digits.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);
  const functions = {
    raised: (all, digits) => raise(digits),
    unescaped: (all) => new DOMParser().parseFromString(all, "text/html").documentElement.textContent,
    written_out: (all) => all.normalize("NFKC"),
    composed: (all) => all.normalize("NFC"),
  };
  const regex = ([source, flags], around = "@") => new RegExp(around.replace("@", () => source), flags.replace("g", ""));
  const apply = (rules, text) =>
    rules.reduce((words, [source, flags, by]) => words.replace(new RegExp(source, flags), functions[by] ?? by), text);
  const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu; // those of Python
  const trim = (text) => text.replace(SPACES, " ").trim();

  const normalize = (text) => {
    for (let round = 0; round < given.rounds; round += 1) {
      const before = text;
      if (given.signs.some((sign) => text.includes(sign))) text = apply(given.html, text);
      text = trim(apply(given.words, text));
      if (text === before) break;
    }
    return text;
  };

  const counted = (lines) => {
    const [source, flags] = given.word, count = new Map();
    for (const [word] of lines.join("\n").toLowerCase().matchAll(new RegExp(source, flags))) count.set(word, (count.get(word) ?? 0) + 1);
    return (word) => count.get(word.toLowerCase()) ?? 0;
  };

  // Return two lines ready to be joined. A hyphen goes only if the document has the word without it, or what follows is none.
  const fit = (upper, lower, count) => {
    upper = upper.replace(new RegExp(`${SPACES.source}$`, "u"), "");
    lower = lower.replace(new RegExp(`^${SPACES.source}`, "u"), "");
    if (upper.endsWith("\u00ad")) return [upper.slice(0, -1), lower];
    if (regex(given.tied).test(upper.slice(-2))) return [upper, lower];
    const head = upper.slice(-60).match(regex(given.hyphen))?.[1];
    if (!head || regex(given.suspended, "^(?:@)").test(lower)) return [`${upper} `, lower];
    const tail = lower.match(regex(given.word, "^(?:@)"))?.[0] ?? "";
    if (/^\p{Lowercase}/u.test(tail)) {
      const [solid, hyphenated] = [head + tail, `${head}-${tail}`];
      const printed = count(hyphenated) || given.compound.includes(head.toLowerCase());
      const divided = /^\p{L}+$/u.test(head) && !printed && regex(given.ending, "^(?:@)$").test(tail);
      if (divided || count(solid) > count(hyphenated)) return [upper.slice(0, -1), lower];
    }
    return [upper, lower];
  };

  const join = (lines, count = counted(lines)) => {
    const pieces = lines.slice(0, 1);
    for (const line of lines.slice(1)) pieces.splice(-1, 1, ...fit(pieces.at(-1), line, count));
    return pieces.join("");
  };

  // --- a text that may be the document -----------------------------------------------------------

  const NUMBER = /^\s*\d{1,4}\.(?![\d.–-])/, NOTE = /^\s*(?:[⁰¹²³⁴-⁹]|\[\^\d{1,3}\]:)/u, BARE_NOTE = /^\s*\d{1,2}\s+\p{Lu}/u;
  const UNFINISHED = /[-\u2010\u2011\u00ad]\s*$/;

  // What recurs but for its digits, or has no letters, is taken for what a page adds.
  const withoutFurniture = (lines) => {
    const plain = (line) => trim(line).replace(/\d+/g, "0");
    const times = new Map();
    for (const line of lines) times.set(plain(line), (times.get(plain(line)) ?? 0) + 1);
    return lines.filter((line) => !trim(line) || (times.get(plain(line)) < 3 && /\p{L}/u.test(line)));
  };

  // Return one text of normalized words, its characters, and where each number stands in it.
  const read = (text, { printed, bare }) => {
    const written = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/u);
    const lines = (printed ? withoutFurniture(written) : written).map((line) => apply(given.unseen, apply(given.raised, line)));
    const count = counted(lines), blocks = [];
    let gap = true;
    for (const line of lines) {
      const isNote = NOTE.test(line) || (bare && BARE_NOTE.test(line));
      if (!trim(line)) gap = true;
      else {
        const goesOn = blocks.length && UNFINISHED.test(blocks.at(-1).at(-1));
        if (!blocks.length || isNote || NUMBER.test(line) || (gap && !goesOn)) blocks.push([line]);
        else blocks.at(-1).push(line);
        gap = false;
      }
    }
    const kept = blocks.filter(([line]) => !NOTE.test(line) && !(bare && BARE_NOTE.test(line)));
    let words = kept.map((block) => normalize(join(block, count))).join(" ");
    if (bare) words = words.replace(new RegExp(...given.bare), "");
    return { words, points: Array.from(words) };
  };

  const places = ({ words, points }, number) =>
    Array.from(words.matchAll(new RegExp(`(?<![^ ])${number}\\.(?![\\d.–-]) ?`, "gu")), ({ index, 0: mark }) => {
      const at = points.length === words.length ? index : Array.from(words.slice(0, index)).length;
      return { mark: at, start: at + mark.length };
    });

  const hash = async (text) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const part = (text, start, end) => text.points.slice(start, end).join("");

  // Titles stand between paragraphs; anything else there is more than the record knows.
  const isTitle = (words) => words.length <= 200 && !/[.;]$/.test(words);

  // Return a paragraph or span by its anchor: its words in this copy, if any, and whether they are those of the record.
  const compared = async (copy, tell) => {
    const ways = [{}, { printed: true }, { bare: true }, { printed: true, bare: true }];
    const texts = ways.map((way) => read(copy, way)).filter(({ words }, at, all) => all.findIndex((other) => other.words === words) === at);
    const found = new Map();
    for (const [number, length, sha256] of given.paragraphs) {
      for (const text of texts) {
        for (const place of places(text, number)) {
          const end = place.start + length;
          if (!found.has(number) && (await hash(part(text, place.start, end))) === sha256) found.set(number, { ...place, end, text });
        }
      }
    }
    if (!found.size) return new Map();
    const most = (text) => Array.from(found.values()).filter((place) => place.text === text).length;
    const main = texts.reduce((best, text) => (most(text) > most(best) ? text : best));
    const results = new Map();
    const numbers = given.paragraphs.map(([number]) => number);
    for (const [at, number] of numbers.entries()) {
      tell(`Paragraph ${number} of ${numbers.length} …`);
      const sure = found.get(number), text = sure?.text ?? main;
      const after = sure?.end ?? Math.max(0, ...numbers.slice(0, at).map((other) => found.get(other)).filter((place) => place?.text === text).map(({ end }) => end));
      const next = Math.min(text.points.length, ...numbers.slice(at + 1).map((other) => found.get(other)).filter((place) => place?.text === text && place.mark >= after).map(({ mark }) => mark));
      const place = sure ?? places(text, number).find(({ mark }) => mark >= after && mark < next);
      const follows = numbers[at + 1] && places(text, numbers[at + 1]).find(({ mark }) => mark >= (sure ? sure.end : place?.start ?? next) && mark <= next);
      const end = follows?.mark ?? next;
      const more = sure ? part(text, sure.end, end).trim() : "";
      const words = place ? part(text, place.start, sure?.end ?? end).trim() : "";
      results.set(`p-${number}`, { words, more: isTitle(more) ? "" : more, same: Boolean(sure) && isTitle(more) });
      for (const [anchor, , start, stop, sha256] of given.spans.filter(([, of]) => of === number)) {
        results.set(anchor, await span(words, start, stop, sha256));
      }
    }
    return results;
  };

  // A span is looked for at its place, and then at each beginning of a word; its hash confirms it.
  const span = async (words, start, stop, sha256) => {
    const points = Array.from(words);
    const starts = points.flatMap((point, at) => (/[\p{L}\p{N}]/u.test(points[at - 1] ?? " ") || /\s/.test(point) ? [] : [at]));
    for (const from of [start, ...starts]) {
      const text = points.slice(from, from + stop - start).join("");
      if ((await hash(text)) === sha256) return { words: text, same: true };
    }
    return { words: "", same: false };
  };

  // --- the page ----------------------------------------------------------------------------------

  const add = (parent, tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    parent?.append(element);
    return element;
  };
  const kept = (text) => {
    try {
      if (text === null) sessionStorage.removeItem(KEPT);
      else if (text) sessionStorage.setItem(KEPT, text);
      return sessionStorage.getItem(KEPT);
    } catch {
      return null; // storage is switched off, or full: this page works, others do not know of it
    }
  };
  const load = () => new Promise((done, onerror) => {
    window.ownCopy = (data) => done((given = data));
    add(document.head, "script", { src: new URL("../own-copy.js", here), onerror });
  });

  add(box, "p", { textContent: "Open or paste the summary. It stays in this tab of your browser and nothing is sent. It is gone when you remove it or close the tab, unless your browser brings closed tabs back. Each passage that is coded is compared with the record by its hash. What you then see is for you alone and must not be published." });
  const file = add(add(add(box, "p"), "label", { textContent: "A text file " }), "input", { type: "file", accept: ".txt,.md,text/plain,text/markdown" });
  const area = add(add(add(box, "p"), "label", { textContent: "Or its text, all of it " }), "textarea", { rows: 5, spellcheck: false });
  const buttons = add(box, "p");
  const start = add(buttons, "button", { type: "button", textContent: "Compare" });
  const remove = add(buttons, "button", { type: "button", textContent: "Remove my copy", hidden: true });
  const told = add(box, "output");
  const links = add(box, "p");

  const clear = () => {
    document.querySelectorAll(".own-words").forEach((element) => element.remove());
    links.replaceChildren();
  };
  const labels = { true: ["confirmed", "Your copy: confirmed."], false: ["differs", "Your copy: differs."] };
  const show = (anchor, { words, more, same }) => {
    const place = document.getElementById(anchor);
    if (!place) return;
    const [className, label] = labels[same];
    const element = add(null, place.matches(".item") ? "div" : "span", { className: `own-words ${className}` });
    add(element, "b", { textContent: label });
    if (words) add(element, "q", { textContent: words });
    else element.append(anchor.startsWith("p") ? " Its number is not found." : " Its words are not found in the paragraph.");
    if (more) element.append(add(null, "b", { textContent: "More words follow than the record knows:" }), add(null, "q", { textContent: more }));
    const link = (place.matches(".item") ? place.querySelector("h3, h4") : place).nextElementSibling; // "Cite"
    link.after(element);
  };

  const compare = async (text) => {
    clear();
    start.disabled = true;
    try {
      if (!crypto.subtle) throw "This browser compares hashes only on a page that it holds for safe: over https, or opened from disk.";
      if (!trim(text)) throw "There is no text yet. Open a file or paste the text.";
      if (text.length > MOST) throw "This is far longer than the summary. Give the summary alone.";
      if (!given) await load().catch(() => { throw "The hashes of the record cannot be loaded. Load the page again, or try later."; });
      const results = await compared(text, (words) => { told.textContent = words; });
      if (!results.size) throw "No paragraph of this text is one of the summary. Give all of it, with the numbers of its paragraphs.";
      results.forEach((result, anchor) => show(anchor, result));
      const all = Array.from(results), own = (sign) => all.filter(([anchor]) => anchor.startsWith("p-") === sign);
      const tell = (rows, what) => `${rows.filter(([, { same }]) => same).length} of ${rows.length} ${what}`;
      const other = all.filter(([, { same }]) => !same);
      told.textContent = `Confirmed: ${tell(own(true), "paragraphs")}, ${tell(own(false), "coded passages")}.`;
      if (other.length) {
        links.append("Different in your copy: ");
        other.forEach(([anchor], at) => links.append(at ? ", " : "", add(null, "a", { href: `record.html#${anchor}`, textContent: anchor.replace(/^p-/, "paragraph ").replace(/^[rs]-/, "") })));
        links.append(". A page number or a footnote among the words is such a difference too.");
      }
      remove.hidden = false;
      if (!kept(text)) told.textContent += " Your browser does not keep the text for the other pages of the record.";
    } catch (problem) {
      const known = typeof problem === "string";
      told.textContent = known ? problem : "This browser cannot compare texts in this way. A newer one can, and so can the package.";
      if (!known) throw problem;
    } finally {
      start.disabled = false;
    }
  };

  start.onclick = () => compare(area.value);
  remove.onclick = () => {
    kept(null);
    clear();
    area.value = file.value = "";
    remove.hidden = true;
    told.textContent = "It is removed.";
    start.focus();
  };
  file.onchange = async () => {
    const bytes = new Uint8Array(await file.files[0].arrayBuffer());
    const wide = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.slice(0, 2)];
    try {
      area.value = new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes);
      if (area.value.includes("\0")) throw new TypeError();
      await compare(area.value);
    } catch (problem) {
      if (!(problem instanceof TypeError)) throw problem;
      area.value = "";
      told.textContent = "This is not a text file. Open it where you can read it, copy all of it, and paste it here.";
    }
  };
  window.ownWords = { load, normalize, join, show }; // for tests
  if (kept()) {
    area.value = kept();
    compare(area.value);
  }
})();
