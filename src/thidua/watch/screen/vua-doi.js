// What differs between two states of the report's page: where the reader was in the one, what is new in the other.
window.vuaDoi = (function () {
  "use strict";
  const BLOCKS = "h1,h2,h3,h4,h5,h6,p,li,tr,pre,figcaption,caption,.chart-image";
  // Signs and numbers of notes move when a note is put in before them; the note's own words are what matters.
  const BESIDE = ".fn-call,.mark,.back,.hidden,.chart-live";
  const STYLE = `
    .thidua-moi { box-shadow: -4px 0 0 #d98a00; background: color-mix(in srgb, #ffd36b 22%, transparent); }
    .thidua-bot { border-bottom: 2px dashed #d98a00; }
    ::highlight(thidua-chu) { background: #ffd36b; color: #000; }
    @media print { .thidua-moi, .thidua-bot { all: revert-layer; } }`;

  function texts(block) {
    const walker = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(BESIDE)) found.push(walker.currentNode);
    return found;
  }
  function words(block) { return texts(block).map((node) => node.data).join(""); }
  // The innermost blocks in their order, each with what it shows.
  function blocks(document) {
    const all = Array.from(document.querySelectorAll("main article :is(" + BLOCKS + ")"));
    return all.filter((b) => !b.querySelector(BLOCKS) && !b.closest(".chart-live")).map((element) => {
      const own = element.matches(".chart-image") ? element.innerHTML : words(element).replace(/\s+/g, " ").trim();
      return { element: element, key: element.localName + " " + own };
    });
  }
  // For each block of the one list its counterpart in the other; what is left over on either side.
  function matched(before, after) {
    const waiting = new Map(), pairs = new Map();
    before.forEach((b) => waiting.set(b.key, (waiting.get(b.key) || []).concat(b)));
    const added = after.filter((a) => {
      const found = (waiting.get(a.key) || []).shift();
      if (found) pairs.set(found, a);
      return !found;
    });
    return { pairs: pairs, added: added, gone: before.filter((b) => !pairs.has(b)) };
  }
  // The letters in the middle that the two texts do not share, out to whole words.
  function difference(old, now) {
    let start = 0, end = 0;
    const most = Math.min(old.length, now.length);
    while (start < most && old[start] === now[start]) start++;
    while (end < most - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
    let stop = now.length - end;
    while (start > 0 && !/\s/.test(now[start - 1])) start--;
    while (stop < now.length && !/\s/.test(now[stop])) stop++;
    return [start, stop];
  }
  function range(block, start, stop) {
    const found = block.ownerDocument.createRange();
    let at = 0, begun = false;
    for (const node of texts(block)) {
      if (!begun && start < at + node.length) { found.setStart(node, start - at); begun = true; }
      if (begun && stop <= at + node.length) { found.setEnd(node, stop - at); return found; }
      at += node.length;
    }
    return null;
  }

  // Marks in a window what it has and the former one had not; the marked elements in their order.
  function mark(before, after, window) {
    const found = matched(before, after), document = window.document, ranges = [], marked = new Set();
    document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
    found.added.forEach((a, n) => {
      a.element.classList.add("thidua-moi");
      marked.add(a.element);
      const old = found.added.length === found.gone.length ? found.gone[n] : null;
      if (!old || a.element.matches(".chart-image")) return;
      const r = range(a.element, ...difference(words(old.element), words(a.element)));
      if (r && !r.collapsed) ranges.push(r);
    });
    if (found.gone.length > found.added.length) {
      let last = null;
      before.forEach((b) => {
        if (found.pairs.has(b)) last = found.pairs.get(b).element;
        else if (last && !marked.has(last)) { last.classList.add("thidua-bot"); marked.add(last); }
      });
    }
    if (ranges.length && window.CSS && window.CSS.highlights) {
      window.CSS.highlights.set("thidua-chu", new window.Highlight(...ranges));
    }
    return Array.from(marked).sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  }

  // Brings a page to where the reader is in the former one, which still stands: the same block at the same height, or
  // the one before it.
  function restore(former, before, after, window) {
    if (!former.scrollY) return;
    const top = (block) => block.element.getBoundingClientRect().top, found = matched(before, after).pairs;
    const at = before.findIndex((b) => { const box = b.element.getBoundingClientRect(); return box.height && box.bottom > 0; });
    for (let n = at; n >= 0; n--) {
      const now = found.get(before[n]);
      if (now) return window.scrollBy({ top: top(now) - top(before[n]), behavior: "instant" });
    }
    window.scrollTo({ top: former.scrollY, behavior: "instant" });
  }
  return { blocks: blocks, restore: restore, mark: mark };
})();
