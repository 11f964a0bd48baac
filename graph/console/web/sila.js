// What Sila adds to Cayley's console, on each of its pages: a menu of the named
// queries that fills the editor, answers as a table beside the JSON, and the
// labels of nodes where the pages show IRIs. Texts come from anywhere, so they
// only ever become text nodes.
$(function () {
  "use strict";

  var network = "" // the named query that the Visualize page draws
  var labels = {} // "<iri>" → {en, ar}, as far as they were asked for
  var arabic = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

  function isNode(v) { return typeof v == "string" && /^<[^<>]+>$/.test(v) }

  function labelOf(iri) {
    var l = labels[iri]
    return l && (l.ar || l.en) || ""
  }

  // learn asks for the labels of those nodes that aren't known, then calls done.
  function learn(iris, done) {
    var want = []
    iris.forEach(function (iri) {
      if (!(iri in labels) && want.indexOf(iri) < 0 && want.length < 2000) want.push(iri)
    })
    if (!want.length) return done()
    $.ajax({ url: "/sila/labels", method: "POST", data: JSON.stringify(want), contentType: "application/json", global: false })
      .done(function (got) { want.forEach(function (iri) { labels[iri] = got[iri] || {} }) })
      .always(done)
  }

  // ---- the menu of named queries
  var menu = $('<div id="sila-menu"><select aria-label="Named queries"><option value="">Named queries</option></select><div id="sila-about"></div></div>')
  if (window.editor) $("#main .codecol").closest(".row").before($('<div class="row"><div class="col-sm-12 col-xs-12"></div></div>').find("div").append(menu).end())
  else $("#sidebar .btn-group-vertical").remove() // the write page has no query to run
  $.getJSON("/sila/queries", function (list) {
    list.forEach(function (q, i) {
      if (q.name == "network") network = q.text
      menu.find("select").append($("<option>").val(i).text(q.title.en + " · " + q.title.ar).attr("data-name", q.name))
    })
    menu.find("select").on("change", function () {
      var q = list[this.value]
      if (!q) return
      $("#gizmo-dropdown").trigger("click")
      editor.setValue(q.text)
      menu.find("#sila-about").empty()
        .append($("<p>").text(q.about.en)).append($('<p dir="rtl" lang="ar">').text(q.about.ar))
    })
  })

  // ---- answers as a table
  var table = $('<div id="sila-table">')
  var place = $('<div class="row"><div class="col-sm-12 col-xs-12"></div></div>').find("div").append(table).end()
  if ($("#output").length) $("#main .codecol").closest(".row").after(place) // above the JSON
  else $("#main").append(place)
  if (window.output_editor) output_editor.setOption("mode", "javascript") // its strings are isolated then

  function cell(v) {
    if (v === null || v === undefined) return document.createTextNode("")
    if (Array.isArray(v)) {
      var span = document.createElement("span")
      v.forEach(function (x, i) {
        if (i) span.appendChild(document.createTextNode("; "))
        span.appendChild(cell(x))
      })
      return span
    }
    var bdi = document.createElement("bdi")
    if (isNode(v)) {
      bdi.textContent = labelOf(v) || v
      bdi.title = v
      bdi.className = "sila-follow"
    } else {
      bdi.textContent = typeof v == "object" ? JSON.stringify(v) : String(v)
    }
    return bdi
  }

  function show(rows, more) {
    table.empty()
    if (!rows.length) return table.append($("<p>").text("no answer"))
    var columns = []
    var nodes = []
    rows.forEach(function (r) {
      if (typeof r != "object" || r === null || Array.isArray(r)) return
      Object.keys(r).forEach(function (k) {
        if (columns.indexOf(k) < 0 && !/_(label|color)$/.test(k)) columns.push(k)
        ;(Array.isArray(r[k]) ? r[k] : [r[k]]).forEach(function (v) { if (isNode(v)) nodes.push(v) })
      })
    })
    // Cayley calls the end of a path id, also where the query has a name for it.
    if (rows.every(function (r) { return r && columns.some(function (c) { return c != "id" && r[c] === r.id }) })) {
      columns = columns.filter(function (c) { return c != "id" })
    }
    columns.sort(function (a, b) { return (a == "id") - (b == "id") || (a < b ? -1 : 1) })
    learn(nodes, function () {
      var t = $("<table>")
      t.append($("<caption>").text(rows.length + (rows.length == 1 ? " row" : " rows") + (more ? ", and more that aren't shown" : "")))
      var head = $("<tr>")
      ;(columns.length ? columns : ["value"]).forEach(function (c) { head.append($("<th>").text(c)) })
      t.append($("<thead>").append(head))
      var body = $("<tbody>")
      rows.slice(0, 1000).forEach(function (r) {
        var tr = $("<tr>")
        if (columns.length && r && typeof r == "object") columns.forEach(function (c) { tr.append($("<td>").append(cell(r[c]))) })
        else tr.append($("<td>").append(cell(r)))
        body.append(tr)
      })
      table.empty().append(t.append(body))
    })
  }

  $(document).ajaxSuccess(function (event, xhr, settings) {
    if (settings.url.indexOf("/api/v1/query/") != 0) return
    var rows = JSON.parse(xhr.responseText).result || []
    show(rows, xhr.getResponseHeader("X-Sila-Truncated"))
    if (window.silaDrawn && window.sigmaGraph) silaDrawn(rows, follow)
  })
  $(document).ajaxError(function (event, xhr, settings) {
    if (settings.url.indexOf("/api/v1/") != 0) return
    var e = { error: xhr.responseText || "no connection" }
    try { e = JSON.parse(xhr.responseText) } catch (_) { /* not ours: shown as it is */ }
    fault(e.error + (e.line ? " (line " + e.line + ", column " + e.column + ")" : ""))
    $("#viz").empty() // of a query before
    if (e.line && window.editor) editor.setCursor({ line: e.line - 1, ch: (e.column || 1) - 1 })
  })

  function fault(text) {
    table.empty().append($('<p class="sila-error" role="alert">').text(text))
  }

  // Cayley's Visualize page speaks in boxes that want to be clicked away.
  window.alert = function (text) { fault(String(text)) }

  // A node in the table or in the drawing leads on: what is known of it, or its network.
  function follow(iri) {
    if (!window.editor || !isNode(iri)) return
    $("#gizmo-dropdown").trigger("click")
    menu.find("select").val("").end().find("#sila-about").empty()
    if (window.silaDrawn && network) {
      editor.setValue(network.replace(/^var actor = .*$/m, function () { return "var actor = " + JSON.stringify(iri) }))
    } else {
      editor.setValue("var node = " + JSON.stringify(iri) + "\n\n" +
        "g.V(node).tag(\"source\").out(null, \"edge\").tag(\"target\").getLimit(500)\n" +
        "g.V(node).tag(\"target\").in(null, \"edge\").tag(\"source\").getLimit(500)\n")
    }
    $("#run_button").trigger("click")
  }
  table.on("click", ".sila-follow", function () { follow(this.title) })

  // ---- labels on hover in the editors
  $(document).on("mouseover", ".CodeMirror .cm-string", function () {
    var span = this
    var iri = span.textContent.replace(/^["']|["']$/g, "")
    if (!isNode(iri)) return
    $(span).addClass("sila-node")
    learn([iri], function () { span.title = labelOf(iri) || iri })
  })
})
