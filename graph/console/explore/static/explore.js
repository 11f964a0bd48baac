// What pages can do better with a script: completion of names, copying, looking
// again. Everything works without it.
"use strict";
(function () {
  // Completion after the ARIA pattern of a combobox with a list.
  document.querySelectorAll("input[data-complete]").forEach(function (input, n) {
    var list = document.createElement("ul");
    list.className = "complete";
    list.id = "complete-" + n;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", document.documentElement.lang === "ar" ? "اقتراحات" : "Suggestions");
    list.hidden = true;
    input.parentNode.appendChild(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    var chosen = -1, asked = 0, timer = 0, open = null;

    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function mark(i) {
      var items = list.children;
      if (chosen >= 0 && items[chosen]) items[chosen].setAttribute("aria-selected", "false");
      chosen = items.length ? (i + items.length) % items.length : -1;
      if (chosen < 0) return;
      items[chosen].setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", items[chosen].id);
      items[chosen].scrollIntoView({block: "nearest"});
    }
    function take(item) {
      if (input.dataset.complete === "go") {
        if (input.form) input.form.addEventListener("submit", function (ev) { ev.preventDefault(); }); // we are on the way elsewhere
        location.href = item.dataset.url;
        return;
      }
      input.value = item.dataset.value;
      input.dispatchEvent(new CustomEvent("sila:chosen", {detail: {iri: item.dataset.iri, name: item.dataset.value}}));
      close();
    }
    function show(items) {
      var was = chosen >= 0 ? list.children[chosen].dataset.iri : "";
      list.textContent = "";
      items.forEach(function (e, i) {
        var li = document.createElement("li");
        li.id = list.id + "-" + i;
        li.setAttribute("role", "option");
        li.setAttribute("aria-selected", "false");
        li.dataset.url = e.page;
        li.dataset.iri = e.iri;
        li.dataset.value = e.unique ? e.name : e.iri;
        var name = document.createElement("bdi");
        name.textContent = e.name;
        var about = document.createElement("span");
        about.className = "dim small";
        about.textContent = " " + [e.kind, e.country_name, e.also].filter(Boolean).join(" · ");
        li.append(name, about);
        li.addEventListener("mousedown", function (ev) { ev.preventDefault(); take(li); });
        list.appendChild(li);
      });
      list.hidden = !items.length;
      chosen = -1;
      input.setAttribute("aria-expanded", String(!list.hidden));
      items.forEach(function (e, i) { if (e.iri === was) mark(i); }); // an answer that came late takes no choice away
    }
    function ask() {
      var q = input.value.trim(), mine = ++asked;
      if (!q) { close(); return; }
      if (open) open.abort();
      open = new AbortController();
      var url = "/api/sila/v1/search?limit=8&q=" + encodeURIComponent(q) + (input.dataset.type ? "&type=" + input.dataset.type : "");
      fetch(url, {signal: open.signal}).then(function (r) { return r.ok ? r.json() : {items: []}; }).then(function (r) {
        if (mine === asked && document.activeElement === input) show(r.items);
      }).catch(function () { /* the next letter asks again */ });
    }
    input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(ask, 80); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (ev) {
      if (list.hidden) return;
      switch (ev.key) {
      case "ArrowDown": mark(chosen + 1); ev.preventDefault(); break;
      case "ArrowUp": mark(chosen < 0 ? -1 : chosen - 1); ev.preventDefault(); break;
      case "Escape": close(); ev.preventDefault(); break;
      case "Enter": if (chosen >= 0) { take(list.children[chosen]); ev.preventDefault(); } break;
      }
    });
  });

  document.querySelectorAll("button[data-copy]").forEach(function (b) {
    var from = document.getElementById(b.dataset.copy), said = b.parentNode.querySelector("[data-copied]");
    b.hidden = false;
    b.addEventListener("click", function () {
      from.focus();
      from.select();
      var done = function () { said.textContent = said.dataset.copied; };
      if (navigator.clipboard) navigator.clipboard.writeText(from.value).then(done, function () {});
      else if (document.execCommand("copy")) done();
    });
  });

  var again = document.querySelector("[data-refresh]");
  if (again) setTimeout(function () { location.reload(); }, again.dataset.refresh * 1000);

  // "/" leads to the search field, as on many pages of this kind.
  document.addEventListener("keydown", function (ev) {
    var t = ev.target;
    if (ev.key !== "/" || ev.ctrlKey || ev.metaKey || ev.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName)) return;
    document.getElementById("q").focus();
    ev.preventDefault();
  });

  // Empty fields needn't stand in the address of a filtered list.
  document.querySelectorAll("form.filter").forEach(function (form) {
    form.addEventListener("formdata", function (ev) {
      Array.from(ev.formData.entries()).forEach(function (e) { if (e[1] === "") ev.formData.delete(e[0]); });
    });
  });
})();
