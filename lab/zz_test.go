package lab
import ("testing";"os";"fmt";"strings";"casus/read/when")
func TestZZ(t *testing.T){
 b,_:=os.ReadFile(os.Getenv("ZZ"))
 for line := range strings.Lines(string(b)) { l,s,_:=strings.Cut(strings.TrimSpace(line),"|")
  g,rules:=pack(t,l); a,c,_:=parseReference("2016-11-07T16:12:00")
  fmt.Print(s); for _,e:=range g.FindAt(allTokens(rules,s),a,c,when.Unknown){ fmt.Printf("  ## %s => %s %s",e.Text,e.Value,e.Mod)}; fmt.Println() } }
