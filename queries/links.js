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

// The neighbours of the first are few: look each up among those of the other.
var entity = ["<sila:Person>", "<sila:Organization>", "<sila:Place>", "<sila:Group>", "<sila:Event>"]
g.V(a).both(null, "a_edge").has("<rdf:type>", ...entity).tag("via").forEach(function (row) {
  if (row.via == a || row.via == b) return
  g.V(row.via).both(null, "b_edge").is(b).forEach(function (r) {
    g.emit({via: row.via, a_edge: row.a_edge, b_edge: r.b_edge})
  })
})
