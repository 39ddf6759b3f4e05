package main

// The limits. Times are held against the least server's in the same run, or
// against the API's own.
const (
	maxAdded   = 1.4  // of what a call takes beyond the API's own time
	maxDistant = 1.06 // of a call to an API that takes 20 ms
	maxCPU     = 1.4
	leastCalls = 0.75
	maxList    = 1.2
	// leastBusy is 1.2 times what another server on this library, mcp-grafana
	// 1.6.3, reached with 16 clients of the older era.
	leastBusy = 0.82

	maxMiB      = 64  // after 128 clients at full speed
	maxFloodMiB = 100 // under any flood
	maxLeft     = 1   // KiB of a client that vanished
	maxGrowth   = 1.1
	maxLate     = 25 // ms, of calls on schedule
)
