using Xunit.Sdk;
using Xunit.v3;

// Each test starts processes that use every core, and some measure them.
[assembly: Parallelization(Mode = ParallelMode.None)]
