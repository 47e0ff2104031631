// Search within the report: «khen thuong» finds «khen thưởng»; words typed with their marks find those words alone.
(function () {
  var form = document.getElementById("tim-kiem"), field = document.getElementById("tim");
  var count = document.getElementById("dem-tim"), article = document.querySelector("article");
  var buttons = form.querySelectorAll("button");
  var BLOCKS = "p,li,td,th,caption,figcaption,h1,h2,h3,h4,h5,h6,div,section,pre";
  var LEFT_OUT = "svg,script,.hidden,.chart-live,[aria-hidden=true]";
  var index = null, found = [], current = -1, waiting = 0;
  form.hidden = false;

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");
  }
  // The report's text, folded, and for each of its letters the text node and the place in it that it came from.
  function read() {
    var walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT), text = "", marked = "", nodes = [], places = [];
    var block = null, node;
    function add(letters, own, place) {
      for (var k = 0; k < letters.length; k++) { nodes.push(node); places.push(place); }
      text += letters;
      marked += own.length === letters.length ? own : letters;
    }
    while ((node = walker.nextNode())) {
      var parent = node.parentElement;
      if (parent.closest(LEFT_OUT)) continue;
      if (parent.closest(BLOCKS) !== block) { block = parent.closest(BLOCKS); add("\n", "\n", 0); }
      for (var i = 0; i < node.length; i++) {
        var letter = node.data[i], space = /\s/.test(letter);
        if (space && /\s$/.test(text)) continue;
        add(space ? " " : fold(letter), space ? " " : letter.normalize("NFC").toLowerCase(), i);
      }
    }
    return { text: text, marked: marked, nodes: nodes, places: places };
  }
  function places(words, within) {
    var starts = [];
    for (var at = within.indexOf(words); at >= 0; at = within.indexOf(words, at + words.length)) starts.push(at);
    return starts;
  }
  function range(start, length) {
    var r = document.createRange(), last = start + length - 1;
    r.setStart(index.nodes[start], index.places[start]);
    r.setEnd(index.nodes[last], index.places[last] + 1);
    return r;
  }
  function search() {
    var words = field.value.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim(), folded = fold(words);
    found = [];
    if (folded) {
      index = index || read();
      var starts = words === folded ? [] : places(words, index.marked);
      if (!starts.length) starts = places(folded, index.text);
      found = starts.map(function (start) { return range(start, folded.length); });
    }
    // The first one from where the reader is.
    current = found.findIndex(function (r) { return r.getBoundingClientRect().top >= 0; });
    if (current < 0 && found.length) current = 0;
    show(folded);
  }
  function show(asked) {
    count.textContent = found.length ? current + 1 + "/" + found.length : asked ? "không thấy" : "";
    buttons.forEach(function (b) { b.disabled = !found.length; });
    if (window.CSS && CSS.highlights) {
      CSS.highlights.delete("tim");
      CSS.highlights.delete("tim-nay");
      if (found.length) {
        CSS.highlights.set("tim", new (Function.prototype.bind.apply(Highlight, [null].concat(found)))());
        CSS.highlights.set("tim-nay", new Highlight(found[current]));
      }
    }
    if (found.length) reveal(found[current]);
  }
  function reveal(match) {
    var element = match.startContainer.parentElement;
    element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    var box = match.getBoundingClientRect();
    window.scrollBy({ top: box.top - window.innerHeight * 0.4, behavior: "instant" });
    if (!(window.CSS && CSS.highlights) && document.activeElement !== field) {
      getSelection().removeAllRanges();
      getSelection().addRange(match);
    }
  }
  function step(by) {
    clearTimeout(waiting);
    if (!found.length) return search();
    current = (current + by + found.length) % found.length;
    show(true);
  }
  field.addEventListener("input", function () {
    clearTimeout(waiting);
    found = [];
    waiting = setTimeout(search, 200);
  });
  field.addEventListener("keydown", function (event) {
    if (event.key === "Enter") { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
    if (event.key === "Escape" && field.value) { event.preventDefault(); field.value = ""; search(); }
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  buttons[0].addEventListener("click", function () { step(-1); });
  buttons[1].addEventListener("click", function () { step(1); });
})();
