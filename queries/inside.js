// title: What lies in a place | ما يقع في مكان
// en: Places that are said to lie in a place, bodies based there and events held there.
// ar: الأماكن الواقعة في مكان والجهات التي مقرها فيه والأحداث التي أقيمت فيه.
// param: place place | the containing place | المكان الحاوي
// column: what node | what lies in it | ما يقع فيه
// key: what
// example: place=العراق
var place = "<place/العراق>"

g.V(place).in("<located_in>").unique().tag("what").all()
