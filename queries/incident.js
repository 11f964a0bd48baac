// title: The facts of one happening | وقائع حادثة واحدة
// en: The facts that belong to the same happening as a fact: an attack, its dead and its wounded.
// ar: الوقائع التي تنتمي إلى الحادثة نفسها: هجوم وقتلاه وجرحاه.
// param: fact fact | one fact of it | إحدى وقائعها
// column: type node | what happened | نوع الواقعة
// column: agent node | who did it | الفاعل
// column: patient node | to whom or what | المفعول به
// column: time | when | متى
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: time, type
// example: fact=<fact/c10001>
var fact = "<fact/c10001>"

g.V(fact).out("<sila:incident>").unique().in("<sila:incident>").unique().tag("fact")
  .save("<rdf:type>", "type")
  .saveOpt("<sila:agent>", "agent")
  .saveOpt("<sila:patient>", "patient")
  .saveOpt("<sila:time>", "time").all()
