// title: The ties between two actors | الصلات بين طرفين
// en: Every direct edge between two actors, in either direction, with how it reads.
// ar: كل صلة مباشرة بين طرفين في أي من الاتجاهين.
// param: a actor | one actor | الطرف الأول
// param: b actor | the other | الطرف الثاني
// column: from node | who | من
// column: edge node | did what | الصلة
// column: to node | to whom | إلى
// key: from, edge, to
// example: a=القوات العراقية; b=تنظيم داعش
var a = "<org/القوات_العراقية>"
var b = "<org/تنظيم_داعش>"

g.V(a).tag("from").out(null, "edge").is(b).tag("to").all()
g.V(b).tag("from").out(null, "edge").is(a).tag("to").all()
