package feed_test
import ("testing";"strings";"time";"path/filepath";"casus/feed")
func TestAdhoc(t *testing.T){
 long:=strings.Repeat(sentence,3)
 ps:=map[string]string{
 "divp":"<div><p>"+long+"</p></div>","h1":"<h1>"+long+"</h1>","img":"<img src=x>","br2":"<div>"+long+"<br><br>"+long+"</div>","span":"<span>x</span>","li":"<ul><li>"+long+"</li></ul>","td":"<table><tr><td>"+long+"</td></tr></table>","nest":strings.Repeat("<div>",100)+long+strings.Repeat("</div>",100),"comma":"<p>,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,</p>","a":"<a href=x>y</a>","noscript":"<noscript><img src=x></noscript><img src=x>","font":"<font>x</font>","unlikely":"<div class='comment sidebar'>"+long+"</div>","empty":"<div></div><section></section>","brs":"x<br> <br> ", "meta":"<meta name=a content=b>","byline":"<p class=byline>By x</p>","iframe":"<iframe src=x></iframe>","header":"<h2>x</h2>",
 }
 for n,p:=range ps { for _,k:=range []int{10000,20000}{ reps:=k/strings.Count(p,"<")+1; page:="<html><body>"+strings.Repeat(p,reps); path:=filepath.Join(t.TempDir(),"p.html"); mustWrite(t,path,[]byte(page)); s:=time.Now(); it:=collect(t.Context(),feed.Options{},nil,path); t.Log(n,k,len(page)/1000,"kB",time.Since(s).Round(time.Millisecond),it[0].Err, it[0].Notes)}}
}
