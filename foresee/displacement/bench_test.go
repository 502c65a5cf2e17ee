package displacement

import (
	"context"
	"testing"
)

func BenchmarkRun(b *testing.B) {
	needGiven(b)
	for _, p := range six() {
		for name, s := range map[string]Settings{"flee": Flee(), "ours": Default()} {
			c := p.read(b, s)
			b.Run(p.name+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for range b.N {
					if _, err := Run(context.Background(), c.Input, s, 1); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
