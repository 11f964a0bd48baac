// What Sila adds to the drawing of Cayley's Visualize page: edges with arrows
// and their names, names of nodes below them and never cut off, and nodes that
// lead on when they are clicked.
(function () {
  "use strict";

  // WebGL, where there is any, would draw edges without words.
  sigma.renderers.def = sigma.renderers.canvas

  function words(ctx, text, x, y, size, color) {
    ctx.font = size + "px 'Noto Naskh Arabic', 'Noto Sans Arabic', 'Segoe UI', Tahoma, Arial, sans-serif"
    ctx.textAlign = "center"
    ctx.textBaseline = "middle"
    ctx.direction = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? "rtl" : "ltr"
    var half = ctx.measureText(text).width / 2 + 3
    x = Math.max(half, Math.min(x, ctx.canvas.width - half))
    y = Math.max(size, Math.min(y, ctx.canvas.height - size))
    ctx.lineJoin = "round"
    ctx.lineWidth = 4
    ctx.strokeStyle = "rgba(255, 255, 255, 0.85)"
    ctx.strokeText(text, x, y)
    ctx.fillStyle = color
    ctx.fillText(text, x, y)
  }

  sigma.canvas.labels.def = function (node, ctx, settings) {
    var p = settings("prefix") || ""
    if (!node.label) return
    var y = node[p + "y"], off = node[p + "size"] + 11
    words(ctx, String(node.label), node[p + "x"], y + off + 8 < ctx.canvas.height ? y + off : y - off, 14, "#111")
  }

  sigma.canvas.edges.def = function (edge, source, target, ctx, settings) {
    if (edge.again) return // stands on another edge of the same two nodes
    var p = settings("prefix") || ""
    var x1 = source[p + "x"], y1 = source[p + "y"], x2 = target[p + "x"], y2 = target[p + "y"]
    var dx = x2 - x1, dy = y2 - y1, d = Math.sqrt(dx * dx + dy * dy)
    if (!d) return
    // Where edges go both ways each makes a bow of its own.
    var bow = edge.both ? Math.min(0.18 * d, 40) : 0
    var cx = (x1 + x2) / 2 - dy / d * bow * 2, cy = (y1 + y2) / 2 + dx / d * bow * 2
    var ex = x2 - cx, ey = y2 - cy, e = Math.sqrt(ex * ex + ey * ey), r = target[p + "size"] + 1
    var tipX = x2 - ex / e * r, tipY = y2 - ey / e * r
    ctx.strokeStyle = ctx.fillStyle = "#9aa5ad"
    ctx.lineWidth = 1.5
    ctx.beginPath()
    ctx.moveTo(x1, y1)
    ctx.quadraticCurveTo(cx, cy, tipX, tipY)
    ctx.stroke()
    var a = Math.atan2(ey, ex)
    ctx.beginPath()
    ctx.moveTo(tipX, tipY)
    ctx.lineTo(tipX - 9 * Math.cos(a - 0.4), tipY - 9 * Math.sin(a - 0.4))
    ctx.lineTo(tipX - 9 * Math.cos(a + 0.4), tipY - 9 * Math.sin(a + 0.4))
    ctx.fill()
    if (edge.label) words(ctx, edge.label, (x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4, 12, "#8a4b00")
  }

  // silaDrawn names the edges of what was drawn from rows; follow is called
  // with a node that is clicked.
  window.silaDrawn = function (rows, follow) {
    var first = {}, names = {}
    sigmaGraph.graph.edges().forEach(function (e) {
      var row = rows[Number(e.id.slice(1))] || {}
      var name = row.edge_label || row.edge || row.predicate_label || row.predicate
      var key = JSON.stringify([e.source, e.target])
      e.again = key in first
      if (!e.again) {
        first[key] = e
        names[key] = []
      }
      if (name && names[key].indexOf(String(name)) < 0) names[key].push(String(name))
    })
    Object.keys(first).forEach(function (key) {
      var e = first[key]
      e.label = names[key].join("، ")
      e.both = e.source != e.target && JSON.stringify([e.target, e.source]) in first
    })
    sigmaGraph.bind("clickNode", function (ev) { follow(ev.data.node.id) })
    var drawn = sigmaGraph
    setTimeout(function () { // a drawing that has settled needn't keep a processor busy
      if (drawn === window.sigmaGraph) drawn.stopForceAtlas2()
    }, 6000)
    sigmaGraph.refresh()
  }
})()
