// title: What was done to an actor or place | ما وقع على طرف أو مكان
// en: Every fact that befell an actor or a place, with its doers, place and day.
// ar: كل واقعة وقعت على طرف أو مكان، مع فاعليها ومكانها وتاريخها.
// param: actor actor | the one it befell | من وقعت عليه
// param: type type? | only facts of this type | نوع الواقعة وحده
// column: time | when | متى
// column: type node | what was done | نوع الواقعة
// column: agent node | who did it | الفاعل
// column: place node | where | المكان
// column: status node | whether it happened | الحال
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: time, type
// example: actor=تنظيم داعش
var actor = "<org/تنظيم_داعش>"
var type = ""

var facts = g.V(actor).in("<sila:patient>").unique()
if (type) facts = facts.has("<rdf:type>", type)
facts.tag("fact")
  .save("<rdf:type>", "type")
  .save("<sila:status>", "status")
  .saveOpt("<sila:agent>", "agent")
  .saveOpt("<sila:place>", "place")
  .saveOpt("<sila:time>", "time").all()
