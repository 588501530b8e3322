package bunstore

func init() { fewMatches, nearLatest = 20, 50 } // so that a crowd of tickets has more
