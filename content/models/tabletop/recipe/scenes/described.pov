// One random picture a frame, with one to five objects that can be told in words: what they are, how many of a
// kind, of which colour, and where. Written from the same parts as tabletop.pov.
//
// Declare=Masks=1     paint object i (in the order of the label file) in flat colour i, all else black
// Declare=Part=N      the labels go to placed-N.txt: frame, kind of table, then for each object its class, its
//                     colour (- where it has none to tell), and its box: left, top, right, bottom, in shares of the picture
#version 3.7;
#ifndef (Masks) #declare Masks = 0; #end
#ifndef (Part) #declare Part = 0; #end

global_settings { assumed_gamma 1 max_trace_level 8 adc_bailout 0.06 }
#declare Ambient = 0.16;
#declare Mask_Colour = <0, 0, 0>;
#declare Mask_Colours = array[5] { <1, 0, 0>, <0, 1, 0>, <0, 0, 1>, <1, 1, 0>, <0, 1, 1> }

#include "random.inc"
#include "materials.inc"
#include "room.inc"
#include "layout.inc"
#include "classes.inc"

// Only colours that two people would give the same name.
#declare Object_Colours = array[10] {
  <0.82, 0.14, 0.12>, <0.93, 0.45, 0.12>, <0.96, 0.78, 0.22>, <0.35, 0.62, 0.20>, <0.20, 0.38, 0.75>,
  <0.48, 0.26, 0.60>, <0.90, 0.50, 0.62>, <0.93, 0.91, 0.86>, <0.14, 0.14, 0.15>, <0.40, 0.22, 0.10>
}
#declare Object_Colour_Names = array[10] {
  "red", "orange", "yellow", "green", "blue", "purple", "pink", "white", "black", "brown"
}
#declare Colour_Drift = <0.9, 1.06>;

Start_Streams(frame_number)

// One to three kinds of things, and one to four of a kind, five things at most. The first kind follows from the
// number, so that the kinds come equally often.
#declare Most_Things = 5;
#local Dice = Shape(0, 1);
#declare Kinds = 1 + (Dice > 0.25) + (Dice > 0.65);
#declare Chosen = array[3];
#declare Counts = array[3];
#declare Wanted = 0;
#for (I, 0, Kinds - 1)
  #declare Again = 1;
  #while (Again)
    #declare Chosen[I] = (I = 0 ? mod(frame_number, Class_Count) : Shape_Pick(Class_Count));
    #declare Again = 0;
    #for (J, 0, I - 1) #if (Chosen[J] = Chosen[I]) #declare Again = 1; #end #end
  #end
  #local Dice = Shape(0, 1);
  #declare Counts[I] = min(1 + (Dice > 0.6) + (Dice > 0.8) + (Dice > 0.93), Most_Things - Wanted - (Kinds - 1 - I));
  #declare Wanted = Wanted + Counts[I];
#end

#switch (Wanted)
  #case (1) #declare Frame_Width = Shape(1.5, 3.1); #break
  #case (2) #declare Frame_Width = Shape(2.5, 3.6); #break
  #case (3) #declare Frame_Width = Shape(3.0, 4.0); #break
  #case (4) #declare Frame_Width = Shape(3.4, 4.4); #break
  #else #declare Frame_Width = Shape(3.8, 4.6);
#end
Aim_Camera(Frame_Width, Shape(12, 52), Shape(22, 42))

// The last found place, as shares of the picture: left, top, right, bottom.
#macro Edge_Text(Side, Sign) concat(" ", str(0.5 + Sign * Rectangles[Placed - 1][Side] / Frame_Width, 0, 3)) #end
#macro Box_In_Picture() concat(Edge_Text(0, 1), Edge_Text(3, -1), Edge_Text(1, 1), Edge_Text(2, -1)) #end

Start_Layout()
#declare Line = "";
#declare Count = 0;
#for (I, 0, Kinds - 1)
  #for (J, 1, Counts[I])
    #declare Mask_Colour = Mask_Colours[Count];
    #declare Object_Colour = "-";
    #declare Thing = object { Thing_Of_Class(Chosen[I]) scale Shape(0.8, 1.1) }
    Find_Spot(Thing, Frame_Width, 0.1)
    #while (!Found & Count = 0)
      #declare Thing = object { Thing scale 0.85 }
      Find_Spot(Thing, Frame_Width, 0.1)
    #end
    #if (Found)
      object { Thing translate Spot }
      #declare Line = concat(Line, " ", str(Chosen[I], 0, 0), " ", Object_Colour, Box_In_Picture());
      #declare Count = Count + 1;
    #end
  #end
#end

#declare Mask_Colour = <0, 0, 0>;
#for (I, 1, max(0, Shape_Pick(5) - 1))
  #declare Thing = object { Clutter() }
  Find_Spot(Thing, Frame_Width * 1.1, 0.1)
  #if (Found) object { Thing translate Spot } #end
#end

#if (!Masks)
  Table(-1)
  Wall()
  Lights(2)
  #fopen Labels concat("placed-", str(Part, 0, 0), ".txt") append
  #write (Labels, str(frame_number, 0, 0), " ", str(Table_Kind, 0, 0), Line, "\n")
  #fclose Labels
#end
