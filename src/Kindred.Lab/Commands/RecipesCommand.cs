using System.CommandLine;
using Kindred.Lab.Consoles;
using Kindred.Recipes.Catalog;

namespace Kindred.Lab.Commands;

/// <summary><c>recipes</c>: what can be trained, and what can be set.</summary>
internal static class RecipesCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var command = new Command("recipes", "Lists the recipes and their hyperparameters.") { options.Json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(options.Json))
                JsonOutput.Write(Write);
            else
                Write(Console.Out);
            return LabExitCodes.Done;
        });
        return command;
    }

    private static IEnumerable<RecipeDescription> Recipes => RecipeChoice.Names.Select(name => RecipeCatalog.Find(name)!);

    private static void Write(TextWriter writer)
    {
        foreach (var recipe in Recipes)
        {
            writer.WriteLine($"{recipe.Name} ({recipe.RecipeType}{(recipe.NeedsItems ? ", needs --items" : "")})");
            writer.WriteLine($"  {recipe.Description}");
            foreach (var parameter in recipe.HyperParameters)
                writer.WriteLine($"    {parameter.Name}={parameter.Default}   {RangeOf(parameter)}{(parameter.IsTunable ? ", tunable" : "")}");
            writer.WriteLine();
        }
    }

    private static string RangeOf(HyperParameter parameter) => parameter.Values.Count > 0
        ? string.Join(" | ", parameter.Values)
        : FormattableString.Invariant($"{parameter.Min} .. {parameter.Max}");

    private static void Write(System.Text.Json.Utf8JsonWriter json)
    {
        json.WriteStartArray("recipes");
        foreach (var recipe in Recipes)
        {
            json.WriteStartObject();
            json.WriteString("name", recipe.Name);
            json.WriteString("type", recipe.RecipeType);
            json.WriteBoolean("needs_items", recipe.NeedsItems);
            json.WriteString("description", recipe.Description);
            json.WriteStartArray("hyperparameters");
            foreach (var parameter in recipe.HyperParameters)
            {
                json.WriteStartObject();
                json.WriteString("name", parameter.Name);
                json.WriteString("default", parameter.Default);
                json.WriteString("range", RangeOf(parameter));
                json.WriteBoolean("tunable", parameter.IsTunable);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
