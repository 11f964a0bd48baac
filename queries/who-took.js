// title: Who took a place | من أخذ مكانا
// en: Every force that captured or liberated a place, whatever the outlet calls it, with the day where it is known. What only the force's own side tells is marked.
// ar: كل قوة سيطرت على مكان أو حررته، أيا كانت التسمية في الخبر، مع التاريخ إن عُرف. ويشار إلى ما لا يرويه إلا جانب القوة نفسها.
// param: place place | the place that was taken | المكان المأخوذ
// column: actor node | who took it | من أخذه
// column: type node | how: capture or liberation | الكيفية
// column: time | when | متى
// column: status node | actual, or disputed where somebody denies it | الحال
// column: known_from node | own side: only the force itself tells it | جهة العلم به: صاحب الادعاء وحده
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: time, actor
// example: place=الموصل
var place = "<place/الموصل>"

g.V(place).in("<sila:patient>").unique()
  .has("<rdf:type>", "<sila:Capture>", "<sila:Liberate>")
  .has("<sila:status>", "<sila:actual>", "<sila:disputed>")
  .tag("fact")
  .save("<rdf:type>", "type")
  .save("<sila:status>", "status")
  .saveOpt("<sila:time>", "time")
  .saveOpt("<sila:known_from>", "known_from")
  .save("<sila:agent>", "actor").all()
