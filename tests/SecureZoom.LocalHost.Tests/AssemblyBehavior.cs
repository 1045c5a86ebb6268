// Tests mostly wait, for Azurite or for time to pass: cores are no measure of how many can.
[assembly: Xunit.v3.Parallelization(MaxThreads = 8)]
