package slowtest_test

import (
	"slices"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

func TestOfTakesASample(t *testing.T) {
	t.Parallel()
	all := []int{1, 2, 3, 4, 5, 6, 7}
	want, times := []int{1, 4, 7}, 2
	if slowtest.Asked() {
		want, times = all, 9
	}
	if got := slowtest.Of(3, all); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := slowtest.Times(2, 9); got != times {
		t.Errorf("got %d, want %d", got, times)
	}
}
