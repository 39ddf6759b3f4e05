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
