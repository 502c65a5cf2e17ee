package refdata
import ("testing";"fmt";"sort")
func TestQuick(t *testing.T){
 w,err:=Open(); if err!=nil {t.Fatal(err)}
 fmt.Println(len(w.actors),len(w.aliases),len(w.Aliases("nl")), len(w.places.places))
 by:=map[string]map[string]bool{}
 for _,a:=range w.aliases { k:=a.Lang+" "+a.Text; if by[k]==nil{by[k]=map[string]bool{}}; by[k][string(a.ID)+":"+string(a.Class)]=true }
 var out []string
 for k,v:=range by { ids:=map[string]bool{}; for x:=range v { i:=0; for x[i]!=':'{i++}; ids[x[:i]]=true }; if len(ids)>1 {out=append(out,fmt.Sprint(k,v))}}
 sort.Strings(out); for _,o:=range out {fmt.Println(o)}
 for _,n:=range []string{"Gjoemri","Bagram","Kunduz","Goma","Soechoemi","Gaza","Nagorno-Karabach","Khan Younis","Kyiv","Kiev","Spin Boldak","Batken","Sana’a","Odessa","Hama","Kant","Springfield","Tadzjikistan"} { 
  for i,p:=range w.PlacesNamed(n) { if i<3 {fmt.Println(n,p)} } }
}
func BenchmarkOpen(b *testing.B){ for b.Loop(){ Open() } }
