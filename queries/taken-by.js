// title: What a force took | ما أخذته قوة
// en: The places that a force captured or liberated, by the direct edges of the graph; places that only its own side says it took are marked by their edge.
// ar: الأماكن التي سيطرت عليها قوة أو حررتها، بحسب الصلات المباشرة في البيان، وما لا يرويه إلا جانبها تميزه صلته.
// param: actor actor | the force | القوة
// column: place node | the place taken | المكان المأخوذ
// column: edge node | took, or only claims so | أخذ، أو يقول إنه أخذ
// key: place, edge
// example: actor=القوات العراقية
var actor = "<org/القوات_العراقية>"

var edges = ["<took>", "<claims_took>"]
edges.forEach(function (edge) {
  g.V(actor).out(edge).forEach(function (row) { g.emit({place: row.id, edge: edge}) })
})
