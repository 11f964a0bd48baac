// title: What somebody said | ما قاله شخص أو جهة
// en: The facts for which somebody is the source, with those whom they are about.
// ar: الوقائع التي نُقلت عن شخص أو جهة، مع من تخصهم.
// param: speaker actor | who said it | القائل
// column: type node | what it is about | نوع الواقعة
// column: agent node | the doers | الفاعل
// column: patient node | whom it befell | المفعول به
// column: time | when it happened | متى
// column: status node | whether it happened | الحال
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: time, type
// example: speaker=آشتون كارتر
var speaker = "<person/آشتون_كارتر>"

g.V(speaker).in("<sila:source>").unique().in("<sila:report>").unique().tag("fact")
  .save("<rdf:type>", "type")
  .save("<sila:status>", "status")
  .saveOpt("<sila:agent>", "agent")
  .saveOpt("<sila:patient>", "patient")
  .saveOpt("<sila:time>", "time").all()
