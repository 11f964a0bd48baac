// title: What a force took | ما أخذته قوة
// en: The places that a force captured or liberated, by the direct edges of the graph.
// ar: الأماكن التي سيطرت عليها قوة أو حررتها، بحسب الصلات المباشرة في البيان.
// param: actor actor | the force | القوة
// column: place node | the place taken | المكان المأخوذ
// key: place
// example: actor=القوات العراقية
var actor = "<org/القوات_العراقية>"

g.V(actor).out("<took>").unique().tag("place").all()
