// title: What is known from one side only | ما يُعرف من طرف واحد
// en: Deeds that nobody but the doer's own side reports: claims, not findings. The graph's edge for them is <claims_attacked> in place of <attacked>.
// ar: أفعال لا يرويها إلا جانب فاعلها: ادعاءات لا وقائع ثابتة.
// param: actor actor? | only what this actor claims | ادعاءات هذا الطرف وحده
// column: time | when | متى
// column: agent node | who claims to have done it | صاحب الادعاء
// column: type node | what is claimed | الادعاء
// column: patient node | against whom or what | على من
// column: place node | where | المكان
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: time, type
// example: actor=تنظيم داعش
var actor = "<org/تنظيم_داعش>"

var facts = g.V("<sila:own_side>").in("<sila:known_from>")
if (actor) facts = g.V(actor).in("<sila:agent>").unique().has("<sila:known_from>", "<sila:own_side>")
facts.tag("fact")
  .save("<rdf:type>", "type")
  .saveOpt("<sila:agent>", "agent")
  .saveOpt("<sila:patient>", "patient")
  .saveOpt("<sila:place>", "place")
  .saveOpt("<sila:time>", "time").all()
