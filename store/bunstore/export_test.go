package bunstore

func init() { walkAtMost = 700 } // so that it ends before a crowd of tickets does
