// The reviewer's page: a number found by «#so=<id>», and the lines that accept findings copied at a click.
(function () {
  var status = document.getElementById("da-chep"), all = document.getElementById("chep-het");

  // Where the clipboard is not to be had (an old browser, a page from a share), a selection is copied instead.
  function byHand(text) {
    var area = document.createElement("textarea"), before = document.activeElement;
    area.value = text;
    document.body.append(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    before.focus();
    return done;
  }

  function copy(lines) {
    var text = lines.join("\n") + "\n";
    function say(done) { status.textContent = done ? "Đã chép " + lines.length + " dòng." : "Trình duyệt không cho chép."; }
    if (!lines.length) return void (status.textContent = "Không có phát hiện nào chưa chấp nhận đang hiện.");
    if (!navigator.clipboard) return say(byHand(text));
    navigator.clipboard.writeText(text).then(function () { say(true); }, function () { say(byHand(text)); });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (button) copy([button.dataset.copy]);
  });
  if (all) all.addEventListener("click", function () {
    var shown = document.querySelectorAll("#bang-phat-hien tbody tr:not([hidden]) [data-copy]");
    copy(Array.from(shown, function (button) { return button.dataset.copy; }));
  });

  function follow() {
    var match = /^#so=(.+)$/.exec(location.hash), row = match && document.getElementById("so-" + decodeURIComponent(match[1]));
    document.querySelectorAll("tr.target").forEach(function (other) { other.classList.remove("target"); });
    if (!row) return;
    var form = document.getElementById("loc-so-lieu");
    Array.from(form.elements).forEach(function (field) { if (field.name) field.value = ""; });
    form.dispatchEvent(new Event("input"));
    row.classList.add("target");
    row.scrollIntoView({ block: "center" });
    row.querySelector("a").focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", follow);
  follow();
})();
