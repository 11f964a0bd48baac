// title: The network around an actor | الشبكة حول طرف
// en: Every direct edge of an actor, in the form that the console's Visualize page draws.
// ar: كل الصلات المباشرة لطرف، بالصيغة التي ترسمها صفحة الرسم في لوحة كايلي.
// param: actor actor | whose network | الطرف
// column: source node | who | من
// column: edge node | did what | الصلة
// column: target node | to whom | إلى
// key: source, edge, target
// example: actor=القوات العراقية
var actor = "<org/القوات_العراقية>"

var entity = ["<sila:Person>", "<sila:Organization>", "<sila:Place>", "<sila:Group>", "<sila:Event>"]
g.V(actor).tag("source").out(null, "edge").has("<rdf:type>", ...entity).tag("target").all()
g.V(actor).tag("target").in(null, "edge").has("<rdf:type>", ...entity).tag("source").all()
