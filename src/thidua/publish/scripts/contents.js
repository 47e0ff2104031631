// The contents mark the heading that the reader is at.
(function () {
  var links = {};
  document.querySelectorAll("#muc-luc a").forEach(function (a) { links[a.getAttribute("href").slice(1)] = a; });
  var headings = Array.prototype.filter.call(document.querySelectorAll(".heading"), function (h) { return links[h.id]; });
  var current = null;
  function follow() {
    var found = headings[0];
    for (var i = 0; i < headings.length; i++) {
      if (headings[i].getBoundingClientRect().top > 120) break;
      found = headings[i];
    }
    if (!found || found === current) return;
    if (current) links[current.id].removeAttribute("aria-current");
    current = found;
    var link = links[found.id], nav = document.getElementById("muc-luc");
    link.setAttribute("aria-current", "location");
    var top = link.offsetTop - nav.clientHeight / 2;
    if (getComputedStyle(nav).position === "fixed") nav.scrollTop = top;
  }
  if (headings.length) {
    document.addEventListener("scroll", follow, { passive: true });
    follow();
  }
})();
