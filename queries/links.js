// title: What links two actors through a third | ما يصل طرفين عبر ثالث
// en: Third actors and places that have a direct edge with both, with the two edges.
// ar: الأطراف والأماكن التي لها صلة مباشرة بكل من الطرفين، مع الصلتين.
// param: a actor | one actor | الطرف الأول
// param: b actor | the other | الطرف الثاني
// column: via node | the third | الطرف الثالث
// column: a_edge node | the edge with the first | صلته بالأول
// column: b_edge node | the edge with the other | صلته بالثاني
// key: via
// example: a=القوات العراقية; b=تنظيم داعش
var a = "<org/القوات_العراقية>"
var b = "<org/تنظيم_داعش>"

// Those around x with the direct edges to them; only direct edges have no prefix.
function around(x) {
  var found = {}
  function note(row) {
    if (!/^<(person|org|place|group|event)\//.test(row.id) || row.edge.indexOf(":") >= 0) return
    found[row.id] = (found[row.id] || []).concat(row.edge)
  }
  g.V(x).out(null, "edge").forEach(note)
  g.V(x).in(null, "edge").forEach(note)
  return found
}

var first = around(a)
var second = around(b)
for (var via in first) if (second[via]) g.emit({via: via, a_edge: first[via], b_edge: second[via]})
