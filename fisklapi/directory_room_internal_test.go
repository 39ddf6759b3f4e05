package fisklapi

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestHintsMakeRoomForWhatWasLookedUp(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	var d directory
	looked := under(OpListClients, "Acme Ltd")
	d.add(looked, "1024", "Acme Ltd", now)
	for i := range 3 * maxEntries {
		d.hint(under(OpListInvoices, fmt.Sprintf("INV-%04d", i)), schemas.ID(strconv.Itoa(5000+i)), now)
	}
	if e, ok := d.find(looked, now); !ok || e.hint || e.id != "1024" {
		t.Errorf("got %+v, %t, want what was looked up", e, ok)
	}
	if len(d.entries) > maxEntries {
		t.Errorf("it has %d entries, want %d at most", len(d.entries), maxEntries)
	}
	if _, ok := d.find(looked, now.Add(directoryTTL)); ok {
		t.Error("got an entry that is too old, want none")
	}
}
