package main
import ("testing";"context";"os";"bytes")
func TestZZ(t *testing.T){ var o,e bytes.Buffer
 os.Remove("/tmp/p.db"); run(context.Background(), []string{"read","--ledger","/tmp/p.db","/tmp/s3u/d8000.txt"}, os.Stdin,&o,&e); t.Log(e.String())}
