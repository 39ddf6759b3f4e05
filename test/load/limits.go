package main

// The limits. Times are held against the least server's in the same run, or
// against the API's own.
const (
	mostAdded   = 1.4  // of what a call takes beyond the API's own time
	mostDistant = 1.06 // of a call to an API that takes 20 ms
	mostCPU     = 1.4
	leastCalls  = 0.75
	mostList    = 1.2
	// leastBusy is 1.2 times what another server on this library, mcp-grafana
	// 1.6.3, reached with 16 clients of the older era.
	leastBusy = 0.82

	mostMiB      = 64  // after 128 clients at full speed
	mostFloodMiB = 100 // under any flood
	mostLeft     = 1   // KiB of a client that vanished
	mostGrowth   = 1.1
	mostLate     = 25 // ms, of calls on schedule
)
