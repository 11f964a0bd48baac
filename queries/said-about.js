// title: Who said something about somebody | من قال شيئا عن طرف
// en: Those who are named as the source of a fact about an actor, with the fact.
// ar: من نُقلت عنهم وقائع تخص طرفا، مع الواقعة.
// param: actor actor | whom it is about | الطرف المعني
// column: speaker node | who said it | القائل
// column: type node | what it is about | نوع الواقعة
// column: fact node | the fact, for where-reported | الواقعة
// key: speaker, fact
// order: speaker, type
// example: actor=القوات العراقية
var actor = "<org/القوات_العراقية>"

g.V(actor).in(["<sila:agent>", "<sila:patient>"]).unique().tag("fact")
  .save("<rdf:type>", "type")
  .out("<sila:report>").out("<sila:source>").tag("speaker").all()
