namespace Kindred.Demo;

/// <summary>The demo cannot go on; the message tells the user why and what to do.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
