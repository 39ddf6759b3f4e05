package doctor

import (
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
)

// paths says which tools cannot work because the API has nothing where an
// operation that they need should be. Only what reads was asked: whether there
// is a path to write to shows when it is written to.
func (b Books) paths(outcomes []contract.Outcome) Finding {
	f := Finding{Check: "paths", Verdict: OK, Says: "Everything that was asked for is where it should be."}
	var missing []fisklapi.Operation
	for _, o := range outcomes {
		if o.Verdict == contract.Moved {
			missing = append(missing, o.Operation)
		}
	}
	if len(missing) == 0 {
		return f
	}
	count := 0
	for _, h := range b.Pathless(missing) {
		count += len(h.Tools)
		f.Details = append(f.Details, h.Reason+": "+strings.Join(h.Tools, ", "))
	}
	f.Verdict = Note
	f.Says = fmt.Sprintf("%s cannot be found, and %s cannot work for that.", numbered(len(missing), "path"), numbered(count, "tool"))
	f.Do = "fiskl-mcp contract adopt FILE reads where they are from a document of Fiskl's, and fiskl-mcp contract learn finds out by asking."
	return f
}

// contractFinding sums up how the API's answers compare with the contract. What
// differs is worth a note and no more: tools that it concerns will say so.
func contractFinding(outcomes []contract.Outcome) Finding {
	f := Finding{Check: "contract", Verdict: OK}
	compared, moved := 0, ""
	for _, o := range outcomes {
		switch o.Verdict {
		case contract.Kept, contract.Differs:
			compared++
		case contract.Moved:
			moved = string(o.Operation)
		case contract.Refused, contract.NotAsked, contract.Failed:
		}
		if s := o.Sentence(); s != "" && o.Verdict != contract.NotAsked {
			f.Details = append(f.Details, fmt.Sprintf("%s (%s %s): %s", o.Operation, o.Method, o.Path, s))
		}
	}
	f.Says = fmt.Sprintf("%d of %d operations that read were compared with what this version expects, and answer so.", compared, len(outcomes))
	switch {
	case moved != "":
		f.Do = movedTo(moved)
	case len(f.Details) > 0:
		f.Do = "The API is in beta. Look for a newer version; fiskl-mcp contract check --json has all of it, to report."
	}
	if len(f.Details) > 0 {
		f.Verdict = Note
		f.Says = fmt.Sprintf("%d of %d operations that read were compared with what this version expects, and not all are so.", compared, len(outcomes))
	}
	return f
}
