using Xunit.Sdk;
using Xunit.v3;

// One host and one browser for all; two cores have no room for more.
[assembly: Parallelization(Mode = ParallelMode.None)]
