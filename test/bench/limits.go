package main

// baseline is the name of what figures are held against, in the same run.
const baseline = "baseline"

// The limits.
const (
	maxMB           = 25
	maxStart        = 1.5
	maxMiB          = 22
	maxP50          = 1.4
	maxP99          = 1.6
	maxInstructions = 350
)

// The limits over a far API, as multiples of the other build's figures.
const (
	maxExportTimes    = 0.3
	maxPromptTimes    = 0.5
	maxPromptRequests = 1.05
)
