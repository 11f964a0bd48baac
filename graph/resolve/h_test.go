package resolve
import ("testing";"os";"bufio";"encoding/json";"fmt";"sort";"strings";"time";"github.com/sila-graph/sila/extract/doc")
func TestHarness(t *testing.T){
 p:=os.Getenv("DOCS"); if p=="" {t.Skip()}
 f,_:=os.Open(p); sc:=bufio.NewScanner(f); sc.Buffer(nil,1<<26)
 atoms:=map[string]*Evidence{}
 var docs []*doc.Document
 for sc.Scan(){ d:=new(doc.Document); if err:=json.Unmarshal(sc.Bytes(),d);err!=nil{t.Fatal(err)}; docs=append(docs,d)}
 words()
 t0:=time.Now()
 for _,d:=range docs { as,_:=Document(d); for i:=range as { e:=atoms[as[i].Key]; if e==nil {e=&Evidence{};atoms[as[i].Key]=e}; e.Add(&as[i],1)}}
 t1:=time.Now()
 ls:=All(atoms,nil)
 t2:=time.Now()
 fmt.Fprintln(os.Stderr,"doc",t1.Sub(t0),"all",t2.Sub(t1),len(atoms))
 out,_:=os.Create("/tmp/res/clusters.txt")
 cl:=map[string][]string{}
 for k,l:=range ls {cl[l.Root]=append(cl[l.Root],k)}
 type c struct{r string;n int;ks []string}
 var cs []c
 for r,ks:=range cl { n:=0; for _,k:=range ks{n+=atoms[k].Articles}; sort.Strings(ks); cs=append(cs,c{r,n,ks})}
 sort.Slice(cs,func(i,j int)bool{ if cs[i].n!=cs[j].n {return cs[i].n>cs[j].n}; return cs[i].r<cs[j].r})
 for _,x:=range cs { e:=&Evidence{}; for _,k:=range x.ks{e.AddAll(atoms[k])}
  var ns []string; for n,c:=range e.Names{ns=append(ns,fmt.Sprintf("%s·%d",n,c))}; sort.Strings(ns); if len(ns)>25{ns=ns[:25]}
  fmt.Fprintf(out,"%d %s [%d]\n   %s\n",x.n,x.r,len(x.ks),strings.Join(ns,"، "))
  if len(x.ks)>1 { for _,k:=range x.ks { fmt.Fprintf(out,"      %s (%d) %d %s\n",k,atoms[k].Articles,ls[k].Score,ls[k].Why)}}
 }
}
