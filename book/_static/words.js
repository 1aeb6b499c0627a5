// How words are read, by the search and by the explorer alike: without case and accents, a plural as
// its singular, and together with other words for the same thing.
const words = (() => {
  const WORD = /[\p{L}\p{N}]+/gu;
  const isNumber = (word) => /^\d+$/.test(word);
  const fold = (word) => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/^children$/, "child").replace(/women$/, "woman")
    .replace(/ies$/, "y").replace(/([a-z]{2}[a-hj-rtv-z])s$/, "$1");

  // The words of a text, but for those that every text has; what is left of "victim's" is no word.
  const COMMON = new Set("an and are as at be by did do for from has have how in is it of on or she he that the their they this to was were what which who with".split(" "));
  const read = (text) => (`${text}`.match(WORD) ?? []).map(fold)
    .filter((word) => isNumber(word) || (word.length > 1 && !COMMON.has(word)));

  // What a query asks for: for each word, or words with synonyms, the forms that will do.
  const asked = (query, synonyms) => {
    const groups = synonyms.map((forms) => forms.map(read));
    const left = read(query), found = [];
    while (left.length) {
      const begins = (form) => form.every((word, i) => word === left[i]);
      const typed = groups.flat().filter(begins).sort((a, b) => b.length - a.length)[0] ?? [left[0]];
      const others = groups.find((forms) => forms.includes(typed)) ?? [];
      found.push([typed, ...others.filter((form) => form !== typed)]);
      left.splice(0, typed.length);
    }
    return found;
  };

  // A word that is typed may be the beginning of a longer one; a number may not.
  const hits = (word, typed) => (isNumber(typed) || typed.length < 3 ? word === typed : word.startsWith(typed));
  const fits = (text, found) => found.every((forms) =>
    forms.some((form) => form.every((typed) => text.some((word) => hits(word, typed)))));

  const curly = (text) => text.replaceAll("'", "’"); // as on every page
  // A text as pieces of a page, with the words that pass a test marked.
  const marked = (text, test) => curly(text).split(/([\p{L}\p{N}]+)/u).filter(Boolean).map((piece) => {
    if (!test(fold(piece))) return piece;
    const mark = document.createElement("mark");
    mark.textContent = piece;
    return mark;
  });
  return { asked, curly, fits, hits, isNumber, marked, read };
})();

// An element with its properties and what is in it.
const make = (name, properties = {}, ...parts) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...parts.flat());
  return element;
};
