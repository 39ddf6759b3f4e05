package doctor

import (
	"fmt"

	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
)

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
