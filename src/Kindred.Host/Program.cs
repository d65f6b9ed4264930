Console.WriteLine("Kindred");
